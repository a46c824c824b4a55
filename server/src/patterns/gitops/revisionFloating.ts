import { isParameter, sourcesOf } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';

/** What is deployed changes with every push to the default branch. */
export const rule = applicationRule('revision-floating', 'information', 'strict', function* ({ resource, spec }) {
  for (const source of sourcesOf(spec)) {
    const revision = source.find('targetRevision');
    const written = revision?.text();
    const repository = source.find('repoURL');
    if (source.find('ref') && source.lacks('path') && source.lacks('chart')) continue;
    if (revision && written !== undefined && (written === 'HEAD' || written === '*') && !isParameter(written)) {
      yield { at: revision, message: `${describe(resource)} follows ${written}, so every push is deployed.` };
    } else if (repository && source.lacks('targetRevision')) {
      yield {
        at: repository,
        message: `${describe(resource)} names no targetRevision, so every push to the default branch is deployed.`,
      };
    }
  }
});
