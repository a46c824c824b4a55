import type { Finding } from '../../rules/contract.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describeOther } from '../../workspace/resource.ts';

const SSH_PORT = 22;

/** A shell server in a container is a way in that neither the API server's rights nor its audit log see. */
export const rule = defineRule({
  id: 'pod-security/ssh-port',
  severity: 'warning',
  profile: 'strict',
  types: [...POD_OWNERS, 'Service'],
  equivalents: ['kube-linter:ssh-port', 'kubescape:rule-can-ssh-to-pod-v1'],
  *check(resource) {
    if (resource.type === 'Service') {
      yield* servicePorts(resource);
      return;
    }
    for (const entry of allContainersOf(resource)) {
      for (const port of entry.container.find('ports')?.items ?? []) {
        const number = port.find('containerPort');
        if (number?.number() !== SSH_PORT || port.text('protocol') === 'UDP') continue;
        yield { at: number, message: `Port 22 of ${containerName(entry)} is open for SSH.` };
      }
    }
  },
});

function* servicePorts(service: Resource): Iterable<Finding> {
  for (const port of service.root.find('spec', 'ports')?.items ?? []) {
    const target = port.find('targetPort') ?? port.find('port');
    if (target?.number() !== SSH_PORT) continue;
    yield { at: target, message: `${describeOther(service)} leads to port 22 of its pods, which is that of SSH.` };
  }
}
