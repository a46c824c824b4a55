/** What tags are proposed from. Everything is optional: a folder may be no repository, a repository may have no tag. */
export interface TagSources {
  /** The output of `git describe --tags --long --dirty --always`. */
  readonly describe?: string;
  readonly commit?: string;
  readonly branch?: string;
  /** Tags that the repository of the registry already has. */
  readonly existingTags?: readonly string[];
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

/** Tags to offer for a new image: by git, by the next semantic version, by commit and branch, and by date. */
export function tagProposals(sources: TagSources): TagProposal[] {
  const existing = new Set(sources.existingTags ?? []);
  const described = /^(?<version>.+)-(?<ahead>\d+)-g(?<commit>[0-9a-f]+)(?<dirty>-dirty)?$/.exec(
    sources.describe ?? '',
  );
  const dirty = sources.describe?.endsWith('-dirty') ?? false;
  const proposals: Omit<TagProposal, 'exists'>[] = [];
  if (described?.groups) {
    const { version = '', ahead, commit } = described.groups;
    const exact = ahead === '0' && !dirty;
    proposals.push({
      tag: exact ? version : `${version}-${ahead}-g${commit}${dirty ? '-dirty' : ''}`,
      reason: exact ? 'the tag of this commit' : `${ahead} commits after ${version}${dirty ? ', with changes' : ''}`,
    });
  }
  const latest = newestVersion([...(sources.existingTags ?? []), described?.groups?.['version'] ?? '']);
  if (latest) {
    const { prefix, major, minor, patch } = latest;
    const from = `after ${prefix}${major}.${minor}.${patch}`;
    proposals.push({ tag: `${prefix}${major}.${minor}.${patch + 1}`, reason: `next patch ${from}` });
    proposals.push({ tag: `${prefix}${major}.${minor + 1}.0`, reason: `next minor version ${from}` });
    proposals.push({ tag: `${prefix}${major + 1}.0.0`, reason: `next major version ${from}` });
  }
  if (sources.commit) {
    proposals.push({ tag: `${sources.commit.slice(0, 12)}${dirty ? '-dirty' : ''}`, reason: 'the commit' });
  }
  if (sources.branch) proposals.push({ tag: sources.branch, reason: 'the branch' });
  const stamp = sources.now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
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
