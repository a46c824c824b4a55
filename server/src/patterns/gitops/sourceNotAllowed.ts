import { isParameter, sourcesOf } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';
import { matchesGlob, projectOf } from './projectOf.ts';

/** The project does not let its Applications deploy from that repository: Argo CD refuses. */
export const rule = applicationRule(
  'source-not-allowed',
  'error',
  'recommended',
  function* ({ resource, spec, graph }) {
    const project = projectOf(resource, graph);
    const allowed = project?.root.find('spec', 'sourceRepos');
    if (!project || !allowed?.known) return;
    const patterns = allowed.items.flatMap((item) => item.text() ?? []);
    for (const source of sourcesOf(spec)) {
      const url = source.find('repoURL');
      const written = url?.text();
      if (!url || !written || isParameter(written)) continue;
      const denied = patterns.some(
        (pattern) => pattern.startsWith('!') && matchesGlob(plain(pattern.slice(1)), plain(written)),
      );
      if (!denied && patterns.some((pattern) => matchesGlob(plain(pattern), plain(written)))) continue;
      yield {
        at: url,
        message: `${describe(resource)} is not synchronised: ${describe(project)} does not allow the repository ${written}.`,
        related: [{ at: allowed.keyPlace, message: 'These repositories are allowed.' }],
      };
    }
  },
);

/** With and without `.git` it is the same repository. */
function plain(url: string): string {
  return url.replace(/(?:\.git)?\/?$/, '');
}
