import type { Finding, Fix, Profile, Rule, Severity } from '../../../rules/contract.ts';
import { defineRule } from '../../../rules/contract.ts';
import type { Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { type Setting, type Shortfall, shortfalls } from './setting.ts';
import { blockOf, type TerraformBlock } from './terraformBlock.ts';

/** A rule that is a table of settings; a test goes through every row. */
export interface SettingRule extends Rule {
  readonly settings: readonly Setting[];
}

/** What a table of settings needs beside its rows to be a rule. */
export interface SettingTable {
  readonly id: `terraform/${string}`;
  readonly severity: Severity;
  readonly profile: Profile;
  /** Predicate of every message: `is not encrypted at rest`. */
  readonly says: string;
  readonly settings: readonly Setting[];
  /** Ids that no single row answers. */
  readonly equivalents?: readonly string[];
  /** What cannot be said by rows, for the resource types of `andTypes` and of the rows. */
  readonly and?: (block: TerraformBlock, graph: ResourceGraph) => Iterable<Finding>;
  readonly andTypes?: readonly string[];
}

/** Makes a rule of a table. Its fixes write the one value that is wanted; they are not safe, as they change what runs. */
export function settingRule(table: SettingTable): SettingRule {
  const byType = new Map<string, Setting[]>();
  for (const setting of table.settings) {
    for (const type of [setting.on].flat()) byType.set(type, [...(byType.get(type) ?? []), setting]);
  }
  const types = [...new Set([...byType.keys(), ...(table.andTypes ?? [])])].map((type) => `terraform/${type}`);
  const ids = [...table.settings.flatMap((setting) => setting.ids), ...(table.equivalents ?? [])];
  const check = function* (resource: Resource, graph: ResourceGraph): Iterable<Finding> {
    const block = blockOf(resource, graph);
    if (!block) return;
    for (const setting of byType.get(block.type) ?? []) {
      for (const shortfall of shortfalls(block, setting)) {
        yield {
          at: shortfall.at,
          message: `${block.address} ${setting.says ?? table.says}: ${shortfall.reason}.`,
          fixes: [...fixOf(shortfall, setting, block)],
          ...(setting.strict ? { strict: true } : {}),
          equivalents: setting.ids,
        };
      }
    }
    yield* table.and?.(block, graph) ?? [];
  };
  const rule = defineRule({
    id: table.id,
    severity: table.severity,
    profile: table.profile,
    types,
    equivalents: [...new Set(ids)],
    check,
  });
  return Object.freeze({ ...rule, settings: table.settings });
}

function* fixOf({ value, lackingIn }: Shortfall, { path, wants }: Setting, block: TerraformBlock): Iterable<Fix> {
  if (typeof wants === 'object') return;
  const name = path.slice(path.lastIndexOf('.') + 1);
  const text = JSON.stringify(wants);
  const title = `Set ${name} to ${String(wants)}`;
  if (value) {
    const { source, span } = value;
    // What a reference or a function computes is left to the author.
    if (!/^(?:true|false|-?[\d.]+|"[^"$%]*")$/.test(source.slice(span))) return;
    yield { title, safe: false, edits: () => [{ uri: source.uri, span, newText: text }] };
  }
  if (lackingIn) {
    const { source } = lackingIn;
    const span = lackingIn.parent ? lackingIn.span : block.block.span;
    const end = source.text.lastIndexOf('}', span.end - 1);
    const line = source.lineSpan(source.lineAt(end));
    const before = source.slice({ start: line.start, end });
    // A body in one line, or one that is not closed, has no place for another line.
    if (end < span.start || before.trim() !== '' || source.lineAt(span.start) === source.lineAt(end)) return;
    const at = { start: line.start, end: line.start };
    const newText = `${before}  ${name} = ${text}${source.lineBreak}`;
    yield { title, safe: false, edits: () => [{ uri: source.uri, span: at, newText }] };
  }
}
