import { SourceNode } from '../../text/sourceNode.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language, ParsedFile } from '../language.ts';
import { type RustSource, readRust } from './rustSource.ts';

interface RustFile extends ParsedFile {
  readonly rust: RustSource;
}

/** A larger file was generated. */
const LONGEST = 500_000;

/** Sources of Rust, of which only those are read that build a pool or use SQLx's macros. */
export const rustLanguage: Language<RustFile> = {
  id: 'rust',
  files: /\/src\/(?:[^/]+\/)*[^/]+\.rs$/,
  claims: (_uri, text) => text.length < LONGEST && /\bsqlx\b|PoolOptions\b|\bPool::builder\b|\br2d2\b/.test(text),

  parse(source) {
    const root = new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length });
    return { language: 'rust', source, problems: [], roots: [root], rust: readRust(source.text) };
  },

  facts: ({ roots: [root], rust }) => ({ resources: [applicationFile('RustSource', root!, rust)] }),
  outline: () => [],
  foldings: () => [],
};
