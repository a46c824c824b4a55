/** What tags are proposed from. Everything is optional: a folder may be no repository, a repository may have no tag. */
export interface TagSources {
  /** The output of `git describe --tags --long --dirty --always`. */
  readonly describe?: string;
  readonly commit?: string;
  readonly branch?: string;
  /** Tags that the repository of the registry already has. */
  readonly existingTags?: readonly string[];
  /**
   * How this team writes its tags: `{version}` is the last version, `{branch}`, `{commit}` the first twelve digits of the
   * commit, `{date}` the day as `20260304` (UTC). `-dirty` is added where there are changes. Empty or absent where the team
   * has no way of its own.
   */
  readonly template?: string;
  readonly now: Date;
}

/** One tag to offer, the best first. */
export interface TagProposal {
  readonly tag: string;
  /** Why it is offered, as a short noun phrase. */
  readonly reason: string;
  /** True when the registry has it: pushing it would overwrite a version. */
  readonly exists: boolean;
}

/** Tags to offer for a new image: by the team's own template, by git, by the next semantic version, by commit and branch, and by date. */
export function tagProposals(sources: TagSources): TagProposal[] {
  const existing = new Set(sources.existingTags ?? []);
  const described = /^(?<version>.+)-(?<ahead>\d+)-g(?<commit>[0-9a-f]+)(?<dirty>-dirty)?$/.exec(
    sources.describe ?? '',
  );
  const dirty = sources.describe?.endsWith('-dirty') ?? false;
  const latest = newestVersion([...(sources.existingTags ?? []), described?.groups?.['version'] ?? '']);
  const mark = dirty ? '-dirty' : '';
  const commit = sources.commit?.slice(0, 12);
  const stamp = sources.now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const proposals: Omit<TagProposal, 'exists'>[] = [];
  const version = described?.groups?.['version'] ?? (latest && versionText(latest));
  const own = filled(sources.template ?? '', { version, branch: sources.branch, commit, date: stamp.slice(0, 8) });
  if (own !== undefined) proposals.push({ tag: `${own}${mark}`, reason: `by the template ${sources.template}` });
  if (described?.groups) {
    const { ahead, commit: short, version: tagged = '' } = described.groups;
    const exact = ahead === '0' && !dirty;
    proposals.push({
      tag: exact ? tagged : `${tagged}-${ahead}-g${short}${mark}`,
      reason: exact ? 'the tag of this commit' : `${ahead} commits after ${tagged}${dirty ? ', with changes' : ''}`,
    });
  }
  if (latest) {
    const { prefix, major, minor, patch } = latest;
    const from = `after ${versionText(latest)}`;
    proposals.push({ tag: `${prefix}${major}.${minor}.${patch + 1}`, reason: `next patch ${from}` });
    proposals.push({ tag: `${prefix}${major}.${minor + 1}.0`, reason: `next minor version ${from}` });
    proposals.push({ tag: `${prefix}${major + 1}.0.0`, reason: `next major version ${from}` });
  }
  if (commit) proposals.push({ tag: `${commit}${mark}`, reason: 'the commit' });
  if (sources.branch) proposals.push({ tag: sources.branch, reason: 'the branch' });
  proposals.push({ tag: stamp, reason: 'the present time (UTC)' });
  const seen = new Set<string>();
  return proposals.flatMap(({ tag, reason }) => {
    const clean = cleanTag(tag);
    if (clean === '' || seen.has(clean)) return [];
    seen.add(clean);
    return [{ tag: clean, reason, exists: existing.has(clean) }];
  });
}

interface Version {
  readonly prefix: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

function versionText({ major, minor, patch, prefix }: Version): string {
  return `${prefix}${major}.${minor}.${patch}`;
}

/** The template with its names filled in; undefined where one of them is not known, because half a tag is a wrong one. */
function filled(template: string, values: Readonly<Record<string, string | undefined>>): string | undefined {
  const names = [...template.matchAll(/\{(\w*)\}/g)].map(([, name = '']) => name);
  if (template.trim() === '' || names.some((name) => !Object.hasOwn(values, name) || !values[name])) return undefined;
  return template.trim().replace(/\{(\w+)\}/g, (_match, name: string) => values[name] ?? '');
}

/** The highest released version by semantic versioning; pre-releases and other tags do not count. */
function newestVersion(tags: readonly string[]): Version | undefined {
  return tags
    .flatMap((tag): Version[] => {
      const match = /^(v?)(\d+)\.(\d+)\.(\d+)$/.exec(tag);
      return match
        ? [{ prefix: match[1] ?? '', major: Number(match[2]), minor: Number(match[3]), patch: Number(match[4]) }]
        : [];
    })
    .sort((left, right) => right.major - left.major || right.minor - left.minor || right.patch - left.patch)[0];
}

/** What a tag may not hold becomes a hyphen; a tag starts with a word character and has at most 128. */
function cleanTag(text: string): string {
  return text
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 128);
}
