import type { Container, PodSpec } from './pod.ts';
import type { FieldPath } from './trouble.ts';

const podSpecPath: FieldPath = ['spec', 'template', 'spec'];

/** The path of a field of the workload's pod specification. */
export function podSpecFieldPath(...rest: FieldPath): FieldPath {
  return [...podSpecPath, ...rest];
}

/** The container of that name in the template and where it stands; undefined for one that an admission hook injected. */
export function findContainer(
  template: PodSpec | undefined,
  name: string,
): { readonly container: Container; readonly path: FieldPath } | undefined {
  for (const list of ['containers', 'initContainers'] as const) {
    const index = template?.[list]?.findIndex((container) => container.name === name) ?? -1;
    const container = template?.[list]?.[index];
    if (container) return { container, path: podSpecFieldPath(list, index) };
  }
  return undefined;
}

/** The path of a container's field, or of the pod specification when the container is not in the template. */
export function containerFieldPath(template: PodSpec | undefined, name: string, ...rest: FieldPath): FieldPath {
  const found = findContainer(template, name);
  return found ? [...found.path, ...rest] : podSpecPath;
}

/**
 * The path of the reference to a Secret or ConfigMap that the kubelet's words complain about, such as
 * `secret "db" not found` or `couldn't find key password in Secret shop/db`.
 */
export function missingReferencePath(template: PodSpec | undefined, name: string, said: string): FieldPath {
  const found = findContainer(template, name);
  const named =
    /(?<kind>secret|configmap) "(?<object>[^"]+)" not found/i.exec(said) ??
    /couldn't find key (?<key>\S+) in (?<kind>secret|configmap) (?:[^/\s]+\/)?(?<object>[^\s"]+)/i.exec(said);
  if (!found || !named?.groups) return containerFieldPath(template, name);
  const { kind, object, key } = named.groups;
  const fromSecret = kind?.toLowerCase() === 'secret';
  const variable = (found.container.env ?? []).findIndex(({ valueFrom }) => {
    const reference = fromSecret ? valueFrom?.secretKeyRef : valueFrom?.configMapKeyRef;
    return reference?.name === object && (key === undefined || reference?.key === key);
  });
  const referenceField = fromSecret ? 'secretKeyRef' : 'configMapKeyRef';
  if (variable >= 0) {
    return [...found.path, 'env', variable, 'valueFrom', referenceField, key === undefined ? 'name' : 'key'];
  }
  const source = (found.container.envFrom ?? []).findIndex(
    ({ secretRef, configMapRef }) => (fromSecret ? secretRef : configMapRef)?.name === object,
  );
  if (source >= 0) return [...found.path, 'envFrom', source, fromSecret ? 'secretRef' : 'configMapRef', 'name'];
  return found.path;
}

/** The path of the volume that could not be mounted, read from the kubelet's `for volume "config"`. */
export function volumePath(template: PodSpec | undefined, said: string): FieldPath {
  const names = [...said.matchAll(/volume "([^"]+)"|unmounted volumes=\[([^\]\s]+)/g)].map(
    (match) => match[1] ?? match[2],
  );
  const index = template?.volumes?.findIndex((volume) => names.includes(volume.name)) ?? -1;
  return index >= 0 ? podSpecFieldPath('volumes', index) : podSpecPath;
}
