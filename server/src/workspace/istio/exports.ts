import type { Resource } from '../resource.ts';
import type { Ternary } from '../resourceGraph.ts';
import { namespacesAgree } from '../selection.ts';

/** The namespaces that see an object by its `exportTo`: `*` for all, `.` for its own, `~` for none. */
interface Exports {
  readonly everywhere: boolean;
  readonly namespaces: readonly (string | undefined)[];
  /** False where a template writes some of them. */
  readonly certain: boolean;
}

/** Whether an object of the mesh (or a Service, by its annotation) is seen in a namespace. Nothing written means everywhere. */
export function isExportedTo(resource: Resource, namespace: string | undefined): Ternary {
  const { everywhere, namespaces, certain } = exportsOf(resource);
  if (everywhere || namespaces.some((own) => namespacesAgree(own, namespace))) return true;
  return certain ? false : undefined;
}

/** Some namespace certainly sees both objects. */
export function exportsMeet(a: Resource, b: Resource): boolean {
  const [left, right] = [exportsOf(a), exportsOf(b)];
  if (!left.certain || !right.certain) return false;
  if (left.everywhere) return right.everywhere || right.namespaces.length > 0;
  if (right.everywhere) return left.namespaces.length > 0;
  return left.namespaces.some((namespace) => right.namespaces.includes(namespace));
}

function exportsOf(resource: Resource): Exports {
  const { root } = resource;
  if (resource.type === 'Service') {
    const key = 'networking.istio.io/exportTo';
    const written = root.text('metadata', 'annotations', key);
    if (written === undefined) return everywhere(root.lacks('metadata', 'annotations', key));
    return readExports(written.split(','), resource, true);
  }
  const list = root.find('spec', 'exportTo');
  if (list?.kind !== 'list' || (list.items.length === 0 && !list.open))
    return everywhere(root.lacks('spec', 'exportTo') || list?.kind === 'list');
  const written = list.items.flatMap((item) => item.text() ?? []);
  return readExports(written, resource, !list.open && written.length === list.items.length);
}

function everywhere(certain: boolean): Exports {
  return { everywhere: true, namespaces: [], certain };
}

function readExports(written: readonly string[], { namespace }: Resource, certain: boolean): Exports {
  const names = written.map((name) => name.trim()).filter((name) => name !== '' && name !== '~');
  if (names.includes('*')) return everywhere(certain);
  return { everywhere: false, namespaces: names.map((name) => (name === '.' ? namespace : name)), certain };
}
