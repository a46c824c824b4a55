import type { LogConfiguration, LogSection } from './logFile.ts';
import { isFixed, settingOf } from './logFile.ts';

/** The tags that an input or a filter gives to records, with `*` for what is only known when it runs. */
export function tagsOf(section: LogSection, agent: LogConfiguration['agent']): readonly string[] | undefined {
  if (section.kind === 'input') {
    const tag = settingOf(section, 'tag');
    // Inputs that get records from other agents keep the tags that those gave.
    if (/^(?:forward|http|opentelemetry|tcp|udp|syslog|monitor_agent|in_)/.test(section.plugin ?? '')) return undefined;
    if (!tag) return agent === 'Fluent Bit' && section.plugin ? [`${section.plugin}.*`] : undefined;
    return isFixed(tag.value) ? [tag.value.replace(/<[^>]*>|\$TAG\S*/g, '*')] : undefined;
  }
  if (section.plugin === 'rewrite_tag') {
    return section.settings
      .filter(({ key }) => key === 'rule')
      .map(({ value }) => (value.split(/\s+/)[2] ?? '*').replace(/\$TAG(?:\[\d+\])?|\$\w+(?:\['[^']*'\])*/g, '*'));
  }
  return [];
}

/** Every tag of a configuration; undefined where some are known only when it runs, or stand in files elsewhere. */
export function everyTag({ sections, agent, open }: LogConfiguration): readonly string[] | undefined {
  const tags = sections.filter(({ kind }) => kind === 'input' || kind === 'filter').map((one) => tagsOf(one, agent));
  if (open || tags.some((list) => list === undefined)) return undefined;
  // Plugins of Fluentd that give a record a new tag are many.
  if (
    agent === 'Fluentd' &&
    sections.some(({ plugin }) => /rewrite|relabel|route|copy|record_modifier|detect_exceptions/.test(plugin ?? ''))
  )
    return undefined;
  return tags.flatMap((list) => list ?? []);
}

/** The pattern of a filter or output; undefined where it is a regular expression, is filled in, or is missing. */
export function matchOf(section: LogSection): string | undefined {
  const match = settingOf(section, 'match');
  return match && isFixed(match.value) && !settingOf(section, 'match_regex') ? match.value : undefined;
}

/** Whether some record could carry the tag and be picked by the pattern, each with `*` for any text. */
export function meets(tag: string, pattern: string, agent: LogConfiguration['agent']): boolean {
  if (agent === 'Fluent Bit') return globsMeet(tag, pattern);
  return pattern
    .split(/\s+/)
    .flatMap(alternatives)
    .some((one) => globsMeet(tag, one.replace(/\.\*\*/g, '*').replace(/\*+/g, '*')));
}

/** `{a,b}` of Fluentd, one after the other. */
function alternatives(pattern: string): readonly string[] {
  const match = /\{([^{}]*)\}/.exec(pattern);
  if (!match) return [pattern];
  return match[1]!
    .split(',')
    .flatMap((choice) =>
      alternatives(pattern.slice(0, match.index) + choice + pattern.slice(match.index + match[0].length)),
    );
}

/** Two patterns, each with `*` for any text, have a text in common. */
export function globsMeet(a: string, b: string): boolean {
  const known = new Map<number, boolean>();
  const meet = (i: number, j: number): boolean => {
    const key = i * (b.length + 1) + j;
    const answered = known.get(key);
    if (answered !== undefined) return answered;
    let result: boolean;
    if (i === a.length && j === b.length) result = true;
    else if (a[i] === '*') result = meet(i + 1, j) || (j < b.length && meet(i, j + 1));
    else if (b[j] === '*') result = meet(i, j + 1) || (i < a.length && meet(i + 1, j));
    else result = i < a.length && j < b.length && a[i] === b[j] && meet(i + 1, j + 1);
    known.set(key, result);
    return result;
  };
  return a.length < 500 && b.length < 500 ? meet(0, 0) : true;
}
