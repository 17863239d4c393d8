/** Every property of the document's task can be given, by its name, and no other. */
import type { VideoInferenceTask } from '@sync3/generated';
import type { LipsyncParams } from '../../src/index.js';

/** What the SDK alone says about a task. */
type Documented = Omit<VideoInferenceTask, 'taskType'>;

/** The names of what can be given in the document but not in the parameters; `never` for none. */
type Missing<Document, Given, Place extends string = 'params'> = Document extends (infer Element)[]
  ? Missing<Element, ElementOf<Given>, `${Place}[]`>
  : Document extends object
    ? {
        [Name in keyof Document & string]-?: Name extends NameOf<Given>
          ? Missing<NonNullable<Document[Name]>, ValueOf<Given, Name>, `${Place}.${Name}`>
          : `${Place}.${Name}`;
      }[keyof Document & string]
    : [Document] extends [Given]
      ? never
      : Place;

/** The members of a union may have names of their own. */
type NameOf<Given> = Given extends unknown ? keyof Given & string : never;
type ValueOf<Given, Name> = Given extends unknown
  ? Name extends keyof Given
    ? Given[Name]
    : never
  : never;
type ElementOf<Given> = Given extends (infer Element)[] ? Element : never;

// The compiler's message on one of these lists the names.
type None<Names> = [Names] extends [never] ? 'none' : Names;
export const missing: None<Missing<Documented, LipsyncParams>> = 'none';
export const invented: None<Exclude<NameOf<LipsyncParams>, keyof Documented>> = 'none';

/** The check itself finds what is missing, at any depth. */
interface Invented extends Documented {
  seed?: number;
  settings?: Documented['settings'] & { mode?: 'a'; segments?: { more?: { depth: number } }[] };
}
type Found = Missing<Invented, LipsyncParams>;
type Expected = 'params.seed' | 'params.settings.mode' | 'params.settings.segments[].more';
export const found: [Found, Expected] extends [Expected, Found] ? true : Found = true;
