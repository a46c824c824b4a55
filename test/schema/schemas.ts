import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchemas } from '../../schemas/build.ts';
import { parseYaml } from '../../server/src/languages/yaml/yamlFile.ts';
import { BundledSchemas } from '../../server/src/schema/bundledSchemas.ts';
import type { SchemaBundle, SchemaSource } from '../../server/src/schema/schemaBundle.ts';
import { type ResourceSchema, SchemaIndex } from '../../server/src/schema/schemaIndex.ts';
import type { SourceNode } from '../../server/src/text/sourceNode.ts';
import { SourceText } from '../../server/src/text/sourceText.ts';

const FOLDER = join(import.meta.dirname, '../../dist/schemas');

buildSchemas();

/** The built bundle as the composition roots read it; counts how often it is read. */
export class FileSchemaSource implements SchemaSource {
  reads: string[] = [];

  schemas(): SchemaBundle {
    return this.#read('schemas.json') as SchemaBundle;
  }

  texts(): readonly string[] {
    return this.#read('texts.json') as string[];
  }

  #read(file: string): unknown {
    this.reads.push(file);
    return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  }
}

export const bundle: SchemaBundle = new FileSchemaSource().schemas();

/** All tests share one index: schemas are immutable. */
export const index = new SchemaIndex(new BundledSchemas(new FileSchemaSource()));

/** The first document of a YAML text. */
export function rootOf(text: string, template = false): SourceNode {
  const root = parseYaml(new SourceText('file:///test.yaml', text), template).roots[0];
  if (!root) throw new Error('The text has no document.');
  return root;
}

/** The schema that a document names. */
export function schemaOf(root: SourceNode): ResourceSchema {
  const apiVersion = root.text('apiVersion') ?? '';
  const kind = root.text('kind') ?? '';
  const schema = index.forResource(apiVersion, kind);
  if (!schema) throw new Error(`No schema for ${apiVersion} ${kind}.`);
  return schema;
}
