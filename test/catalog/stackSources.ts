import { aspireSources } from '../../server/src/patterns/aspire-efcore/aspireSources.ts';
import { flaskSources } from '../../server/src/patterns/flask-sqlalchemy/flaskSources.ts';
import { rustSources } from '../../server/src/patterns/rust-sqlx/rustSources.ts';
import { springSources } from '../../server/src/patterns/spring-data/springSources.ts';
import type { ExampleFile } from './readReadme.ts';

const SOURCES: Readonly<Record<string, (name: string) => Readonly<Record<string, string>>>> = {
  'aspire-efcore': aspireSources,
  'flask-sqlalchemy': flaskSources,
  'rust-sqlx': rustSources,
  'spring-data': springSources,
};

/** The sources of `cart` in the stack of a pattern, or none: a pattern of a stack lies in manifests and in sources. */
export function stackSources(pattern: string): readonly ExampleFile[] {
  return Object.entries(SOURCES[pattern]?.('cart') ?? {}).map(([path, text]) => ({ name: `cart/${path}`, text }));
}
