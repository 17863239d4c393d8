import RunwayML from '@runwayml/sdk';

export async function run(apiKey: string, character: string, reference: string) {
  const { output } = await new RunwayML({ apiKey }).characterPerformance
    .create({
      model: 'act_two',
      character: { type: 'video', uri: character },
      reference: { type: 'video', uri: reference },
    })
    .waitForTaskOutput();
  return output[0];
}
