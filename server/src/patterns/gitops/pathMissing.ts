import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { nearestName } from '../../text/nearestName.ts';
import { isParameter, repositoryRoots, sourceFolder, sourcesOf } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';

/** The folder that an Application deploys is not in this repository, whose other folders its neighbours deploy. */
export const rule = applicationRule('path-missing', 'error', 'recommended', function* ({ resource, spec, graph }) {
  for (const source of sourcesOf(spec)) {
    const path = source.find('path');
    const written = path?.text();
    const folder = sourceFolder(source, graph);
    const { folders } = repositoryRoots(graph);
    if (!path || !written || folder === undefined || isParameter(written) || folders.has(folder)) continue;
    const parent = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    const siblings = [...folders].flatMap((other) =>
      other.startsWith(parent) && other !== parent && !other.slice(parent.length, -1).includes('/')
        ? [decodeURIComponent(other.slice(parent.length, -1))]
        : [],
    );
    const near = nearestName(decodeURIComponent(folder.slice(parent.length, -1)), siblings);
    const better = near && written.replace(/[^/]+(\/*)$/, near);
    yield {
      at: path,
      message: `${describe(resource)} deploys ${written}, a folder that this repository does not have.`,
      ...(better
        ? { fixes: [{ title: `Use ${better}`, safe: false, edits: () => [replaceValue(path, better)] }] }
        : // Files that are not read, or another revision, may have the folder.
          { strict: true as const }),
    };
  }
});
