import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { DOCKERFILE } from '../../languages/dockerfile/dockerfileLanguage.ts';
import { imageFacts } from '../../languages/dockerfile/imageFacts.ts';
import { defineRule } from '../../rules/contract.ts';
import { portsOf } from '../../rules/parts/ports.ts';
import { applicationOf } from '../../workspace/applications.ts';
import { describeOther } from '../../workspace/resource.ts';

/** The image listens where the manifest does not look. */
export const rule = defineRule({
  id: 'pipeline/exposed-port-differs',
  severity: 'warning',
  profile: 'recommended',
  types: [DOCKERFILE],
  *check(resource, graph) {
    const facts = imageFacts(resource.model as DockerfileFile);
    if (!facts || facts.exposedPorts.length === 0 || !facts.exposedPortsRead) return;
    for (const { container, workload } of applicationOf(resource, graph)?.uses ?? []) {
      const ports = portsOf(container).filter(({ protocol }) => protocol === 'TCP');
      const numbers = ports.map(({ number }) => number);
      if (ports.length === 0 || numbers.includes(undefined) || container.find('ports')?.open) continue;
      if (numbers.some((number) => facts.exposedPorts.some(({ first, last }) => number! >= first && number! <= last)))
        continue;
      const [exposed] = facts.exposedPorts;
      yield {
        at: exposed!.at,
        message: `This image exposes ${facts.exposedPorts.map(({ first }) => first).join(', ')}, but ${describeOther(workload.resource)} expects ${numbers.join(', ')}.`,
        related: ports.map(({ at }) => ({
          at,
          message: `The port of ${describeOther(workload.resource)}.`,
        })),
      };
      return;
    }
  },
});
