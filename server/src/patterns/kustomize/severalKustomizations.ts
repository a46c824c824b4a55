import { kustomizationRule } from './kustomizationRule.ts';

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** A folder has two kustomization files: the build stops. */
export const rule = kustomizationRule(
  'several-kustomizations',
  'error',
  'recommended',
  function* ({ build, resource, graph }) {
    const files = NAMES.map((name) => build.folder + name).filter((uri) => graph.file(uri));
    if (files.length < 2 || files[0] === resource.uri) return;
    const first = resource.root.entries[0];
    if (!first) return;
    yield {
      at: first.keyPlace,
      message: `Nothing is built: the folder has ${NAMES.filter((name) => files.includes(build.folder + name)).join(' and ')}.`,
    };
  },
);
