import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Rule } from '../server/src/rules/contract.ts';
import type { RuleGroup } from '../server/src/rules/group.ts';
import { CATEGORIES, type Pattern } from '../server/src/rules/pattern.ts';

/** The files below `docs/patterns/`: each README with the table of its rules, and the map of all of them. */
export function patternPages(
  patternsFolder: string,
  catalog: {
    readonly patterns: readonly Pattern[];
    readonly groups: readonly RuleGroup[];
    readonly rules: readonly Rule[];
  },
): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  for (const { id } of [...catalog.patterns, ...catalog.groups]) {
    const readme = readFileSync(path.join(patternsFolder, id, 'README.md'), 'utf8');
    pages.set(
      `${id}.md`,
      `${GENERATED}${readme.trimEnd()}\n${ruleTable(catalog.rules.filter((rule) => rule.id.startsWith(`${id}/`)))}`,
    );
  }
  pages.set('catalog.md', mapOf(catalog));
  return pages;
}

const GENERATED = '<!-- Generated from server/src/patterns by `npm run generate`; edit the README there. -->\n\n';

function ruleTable(rules: readonly Rule[]): string {
  if (rules.length === 0) return '';
  const rows = rules.map(({ id, severity, profile, equivalents = [] }) => {
    const fault = id.slice(id.indexOf('/') + 1);
    return `| [${fault}](#${fault}) | ${severity} | ${profile} | ${equivalents.join(', ')} |`;
  });
  return [
    '',
    '## Rules',
    '',
    '| rule | severity | profile | the same in other tools |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function mapOf({ patterns, groups, rules }: Parameters<typeof patternPages>[1]): string {
  const count = (id: string): number => rules.filter((rule) => rule.id.startsWith(`${id}/`)).length;
  const lines = [
    '# The catalog',
    '',
    `${rules.length} rules in ${patterns.length} patterns and ${groups.length} groups.`,
  ];
  for (const category of CATEGORIES) {
    const members = patterns.filter((pattern) => pattern.category === category);
    if (members.length === 0) continue;
    lines.push(
      '',
      `## ${category[0]!.toUpperCase()}${category.slice(1)}`,
      '',
      '| pattern | what it is for | rules |',
      '|---|---|---|',
    );
    for (const { id, title, summary } of members) lines.push(`| [${title}](${id}.md) | ${summary} | ${count(id)} |`);
  }
  lines.push('', '## Groups beside the patterns', '', '| group | what it is about | rules |', '|---|---|---|');
  for (const { id, title, summary } of groups) lines.push(`| [${title}](${id}.md) | ${summary} | ${count(id)} |`);
  return `${GENERATED}${lines.join('\n')}\n`;
}
