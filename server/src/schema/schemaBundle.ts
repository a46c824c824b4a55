import type { SchemaKeywords } from './schema.ts';

/**
 * One schema as the bundle stores it. Schemas refer to each other by their index in `SchemaBundle.schemas`, texts by
 * their index in the separate list of texts (0: none).
 */
export interface EncodedSchema extends SchemaKeywords {
  /** Name, schema, text; name, schema, text; … */
  readonly fields?: readonly (string | number)[];
  readonly items?: number;
  readonly values?: number;
  readonly oneOf?: readonly number[];
  readonly anyOf?: readonly number[];
  readonly allOf?: readonly number[];
  readonly not?: number;
  readonly text?: number;
}

/** Where schemas come from, for messages and for the notice of licences. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** What the package was generated from, e.g. `Istio 1.29.2`. */
  readonly upstream: string;
  /** The package describes kinds that every cluster of that version serves. */
  readonly builtIn?: boolean;
}

/** What `dist/schemas/schemas.json` holds. Texts are apart, in `dist/schemas/texts.json`: an array of strings. */
export interface SchemaBundle {
  readonly packages: readonly BundledPackage[];
  /** apiVersion, kind, index into `schemas`, index into `packages`. */
  readonly kinds: readonly (readonly [string, string, number, number])[];
  readonly schemas: readonly EncodedSchema[];
}

/**
 * The port through which the bundle reaches the core, which does no I/O. Each method is called at most once: schemas
 * at the first Kubernetes document, texts at the first hover or resolved completion.
 *
 * @throws Error when the bundle was not built or cannot be read; the composition root lets the user know.
 */
export interface SchemaSource {
  schemas(): SchemaBundle;
  texts(): readonly string[];
}
