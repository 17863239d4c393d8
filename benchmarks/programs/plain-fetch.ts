export async function run(apiKey: string, video: string, audio: string) {
  const taskUUID = crypto.randomUUID();
  const post = async (task: object) => {
    const response = await fetch('https://api.runware.ai/v1', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body: JSON.stringify([{ taskUUID, ...task }]),
    });
    const { data, errors } = (await response.json()) as {
      data?: { status?: string; videoURL?: string }[];
      errors?: { message: string }[];
    };
    if (errors?.[0]) throw new Error(errors[0].message);
    return data?.[0];
  };
  const inputs = { video, audio };
  await post({
    taskType: 'videoInference',
    model: 'sync:lipsync@3',
    deliveryMethod: 'async',
    inputs,
  });
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const row = await post({ taskType: 'getResponse' });
    if (row?.status === 'success') return row.videoURL;
  }
}
