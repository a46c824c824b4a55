import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';

/** The project of an Application does not exist: Argo CD refuses to synchronise it. */
export const rule = applicationRule('project-unknown', 'error', 'recommended', function* ({ resource, graph }) {
  for (const { target, writtenAt } of graph.edgesFrom(resource, 'belongs-to')) {
    if (target.status !== 'missing') continue;
    yield {
      at: writtenAt,
      message: `${describe(resource)} is not synchronised: there is no AppProject ${writtenAt.text()}.`,
      ...(target.certain ? {} : { strict: true as const }),
    };
  }
});
