import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';

/** The project `default` allows every repository, cluster and kind. */
export const rule = applicationRule(
  'project-default',
  'warning',
  'strict',
  function* ({ resource, spec }) {
    const project = spec.find('project');
    if (project?.text() !== 'default') return;
    yield {
      at: project,
      message: `${describe(resource)} is in the project default, which allows everything everywhere.`,
    };
  },
  ['kyverno:application-prevent-default-project'],
);
