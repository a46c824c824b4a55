import type { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { TerraformDeclaration } from './terraformModule.ts';
import { folderOf } from './terraformModule.ts';

/** The resource type of `.terraform/modules/modules.json`; its `model` is an `InstalledModules`. */
export const INSTALLED_MODULES = 'terraform/InstalledModules';

/** Where `terraform init` put the modules of one root module. */
export interface InstalledModules {
  /** URI of the root module's folder, without a slash at the end. */
  readonly root: string;
  /** Folders (URIs without a slash at the end) by the calls that lead to them: `network`, `network.subnets`. */
  readonly folders: ReadonlyMap<string, string>;
}

/** What the list of modules says; a list that cannot be read says nothing. */
export function installedModulesResource(source: SourceText, root: SourceNode): Resource {
  const model = readInstalledModules(source);
  return {
    type: INSTALLED_MODULES,
    kind: 'InstalledModules',
    apiVersion: '',
    name: undefined,
    namespace: undefined,
    root,
    uri: source.uri,
    model,
  };
}

function readInstalledModules({ uri, text }: SourceText): InstalledModules {
  const root = uri.slice(0, -'/.terraform/modules/modules.json'.length);
  const folders = new Map<string, string>();
  for (const entry of entriesOf(text)) {
    const { Key: key, Dir: dir } = entry as Record<string, unknown>;
    if (typeof key !== 'string' || typeof dir !== 'string' || key === '') continue;
    folders.set(key, new URL(dir.split('\\').map(encodeURI).join('/'), `${root}/`).href.replace(/\/$/, ''));
  }
  return { root, folders };
}

function entriesOf(text: string): readonly object[] {
  try {
    const { Modules: modules } = JSON.parse(text) as { Modules?: unknown };
    return Array.isArray(modules) ? modules.filter((entry) => typeof entry === 'object' && entry !== null) : [];
  } catch {
    // Terraform is writing it, or something else lies there.
    return [];
  }
}

/** Answers the folder of a module that comes from elsewhere, by the lists of all root modules. */
export function installedFolders(
  lists: readonly InstalledModules[],
): (call: TerraformDeclaration) => string | undefined {
  // The ways by which a folder is reached, from each root.
  const ways = new Map<string, { readonly list: InstalledModules; readonly prefix: string }[]>();
  for (const list of lists) {
    for (const [key, folder] of [['', list.root] as const, ...list.folders]) {
      ways.set(folder, [...(ways.get(folder) ?? []), { list, prefix: key === '' ? '' : `${key}.` }]);
    }
  }
  return (call) => {
    for (const { list, prefix } of ways.get(folderOf(call.file.source.uri)) ?? []) {
      const folder = list.folders.get(prefix + call.name);
      if (folder !== undefined) return folder;
    }
    return undefined;
  };
}
