import type { Location } from 'vscode-languageserver-protocol';

/** One use of a pattern, ready to be drawn. */
export interface PatternPicture {
  readonly pattern: string;
  /** The pattern's title: `Circuit breaker`. */
  readonly title: string;
  /** What the use is about, in the user's names. */
  readonly name: string;
  /** The source of a Mermaid flowchart whose nodes have the ids of `nodes`. */
  readonly mermaid: string;
  /** The same as lines of text, for those who do not see the drawing. */
  readonly sketch: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly text: string;
    /** The line that the node stands for. */
    readonly location?: Location;
  }[];
}

/** Asks for the pictures of all uses of a pattern; empty where it is not used or not known. */
export const picturesRequest = 'slipway/pictures';
export interface PicturesParams {
  readonly pattern: string;
}
export type PicturesResult = readonly PatternPicture[];

/** The command that shows a picture beside the editor. */
export const SHOW_PICTURE = 'slipway.showPicture';

/** What the command takes: a pattern, and the name of one of its uses. */
export interface ShowPictureArgument {
  readonly pattern: string;
  readonly use?: string;
}

/** What the page of the panel is told. */
export interface ShowPicturesMessage {
  readonly pictures: readonly PatternPicture[];
  /** The name of the use to show first. */
  readonly use: string | null;
}

/** What the page says: it is ready to be told, or a node was chosen. */
export type PicturePageMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly location: Location }
  | { readonly kind: 'failed'; readonly message: string };
