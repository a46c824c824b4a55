import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';
import { preStopSeconds } from './preStop.ts';

const DEFAULT_GRACE_SECONDS = 30;

/** The grace period covers the hook and the shutdown; when the hook takes all of it, the process is killed. */
export const rule = defineRule({
  id: 'rolling/pre-stop-outlasts-grace',
  severity: 'warning',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const hook = preStopSeconds(entry.container);
      const { podSpec } = entry.workload;
      const grace = podSpec?.find('terminationGracePeriodSeconds');
      const graceSeconds =
        grace?.number() ?? (podSpec?.lacks('terminationGracePeriodSeconds') ? DEFAULT_GRACE_SECONDS : undefined);
      if (!hook || !podSpec || graceSeconds === undefined || hook.seconds < graceSeconds) continue;
      const enough = hook.seconds + DEFAULT_GRACE_SECONDS;
      yield {
        at: hook.at,
        message: `The preStop hook of ${containerName(entry)} waits ${hook.seconds} s, and after ${graceSeconds} s${grace ? '' : ' (the default)'} the process is killed without having been asked to stop.`,
        ...(grace ? { related: [{ at: grace, message: 'The grace period.' }] } : {}),
        fixes: [
          {
            title: `Set the grace period to ${enough} s`,
            safe: false,
            edits: () => setValue(podSpec, ['terminationGracePeriodSeconds'], enough),
          },
        ],
      };
    }
  },
});
