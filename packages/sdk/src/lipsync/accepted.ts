import type { MediaName, UrlName } from '@sync3/generated/parameters';
import type { MediaSource } from './media-source.js';

/**
 * What callers give for an object of the document: media and URLs also as what they have in hand.
 * Names, comments, and what is optional come from the document.
 *
 * @typeParam Place how the names of the rules about the object's properties begin.
 */
export type Accepted<Of, Place extends string> = {
  [Name in keyof Of]: `${Place}${Name & string}` extends MediaName
    ? MediaSource
    : `${Place}${Name & string}` extends UrlName
      ? string | URL
      : Written<Of[Name]>;
};

/** Choices are written out, so that the compiler's message on another value lists them by value. */
type Written<Value> = [Value] extends [string | undefined]
  ? { [Choice in Value & string]: Choice }[Value & string]
  : Value;

/** An object of the document without some properties, whether or not it has them. */
export type Without<Of, Names extends string> = Pick<Of, Exclude<keyof Of, Names>>;

/** Some properties of an object of the document, those that it has. */
export type Only<Of, Names extends string> = Pick<Of, Extract<keyof Of, Names>>;
