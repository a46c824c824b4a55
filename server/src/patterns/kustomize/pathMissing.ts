import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { PathUse } from '../../workspace/kustomize/kustomizationFile.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { kustomizationRule } from './kustomizationRule.ts';

/** A file or folder that is listed is not there: the build stops. */
export const rule = kustomizationRule('path-missing', 'error', 'recommended', function* ({ build, graph }) {
  for (const use of build.paths) {
    if (use.target.status !== 'missing') continue;
    const near = neighbour(use, build.folder, graph);
    yield {
      at: use.at,
      message: `${use.path} does not exist, so nothing is built.`,
      ...(near === undefined
        ? {}
        : {
            fixes: [
              {
                title: `Use ${near}`,
                safe: false,
                edits: () => [
                  replaceValue(
                    use.at,
                    use.at.text()!.replace(use.path, () => near),
                  ),
                ],
              },
            ],
          }),
    };
  }
});

/** A file of the same folder whose name is nearly the same, as a path from the kustomization. */
function neighbour({ path, target }: PathUse, folder: string, graph: ResourceGraph): string | undefined {
  if (target.status !== 'missing') return undefined;
  const parent = target.uri.slice(0, target.uri.lastIndexOf('/') + 1);
  const names = graph.memo(`file names of ${parent}`, () => {
    const resources = graph
      .all()
      .filter(({ uri }) => uri.startsWith(parent) && !uri.slice(parent.length).includes('/'));
    return [...new Set(resources.map(({ uri }) => decodeURIComponent(uri.slice(parent.length))))];
  });
  const near = nearestName(path.slice(path.lastIndexOf('/') + 1), names);
  if (near === undefined || parent + near === `${folder}kustomization.yaml`) return undefined;
  return path.slice(0, path.lastIndexOf('/') + 1) + near;
}
