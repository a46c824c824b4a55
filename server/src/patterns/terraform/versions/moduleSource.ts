/** Where a module comes from, as far as a version is concerned. */
export type ModuleSource =
  | { readonly kind: 'local' | 'other' }
  | { readonly kind: 'registry' }
  | {
      readonly kind: 'git' | 'mercurial';
      /** The address without its query. */
      readonly address: string;
      readonly revision: string | undefined;
      readonly isShallow: boolean;
    };

/**
 * Reads the `source` of a module call as Terraform does: `./` and `../` are local; `git::` and `hg::` force their
 * protocol; addresses of GitHub and Bitbucket, and those that begin with `git@` or `git://`, are Git; three or four words with
 * slashes are an address of a registry.
 */
export function readModuleSource(text: string): ModuleSource {
  if (/^\.\.?(?:\/|$)/.test(text)) return { kind: 'local' };
  const forced = /^([a-z0-9]+)::(.*)$/.exec(text);
  const [address = '', query = ''] = (forced?.[2] ?? text).split('?', 2);
  const parameters = new URLSearchParams(query);
  const isGit = forced
    ? forced[1] === 'git'
    : /^(?:(?:github\.com|bitbucket\.org)\/|git:\/\/)/.test(address) || /^[^/]+@[^/]+:/.test(address);
  if (isGit) {
    const depth = parameters.get('depth');
    const isShallow = depth !== null && /^[1-9]\d*$/.test(depth);
    return { kind: 'git', address, revision: parameters.get('ref') || undefined, isShallow };
  }
  if (forced?.[1] === 'hg') {
    return { kind: 'mercurial', address, revision: parameters.get('rev') || undefined, isShallow: true };
  }
  if (
    !forced &&
    /^(?:[A-Za-z0-9.-]+\.[A-Za-z0-9-]+(?::\d+)?\/|localhost(?::\d+)?\/)?[\w-]+\/[\w-]+\/[a-z0-9]+(?:\/\/.*)?$/.test(
      address,
    )
  ) {
    return { kind: 'registry' };
  }
  return { kind: 'other' };
}

/** A full commit hash: the one revision that nobody can move. */
export function isCommit(revision: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision);
}
