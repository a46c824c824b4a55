import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describe } from '../../workspace/resource.ts';
import { GATEWAY } from './gatewayRoutes.ts';

/** Two listeners of a Gateway must differ in their name, and in port, protocol or host. */
export const rule = defineRule({
  id: 'network/listeners-collide',
  severity: 'error',
  profile: 'recommended',
  types: [GATEWAY],
  equivalents: ['kubevious:unique-listeners', 'kiali:KIA1501'],
  *check(resource) {
    const { root } = resource;
    const byName = new Map<string, SourceNode>();
    const byPort = new Map<string, SourceNode>();
    for (const listener of root.find('spec', 'listeners')?.items ?? []) {
      if (!listener.known || listener.conditional) continue;
      const own = listener.find('name');
      const port = listener.find('port');
      if (own?.text() !== undefined) {
        const first = byName.get(own.text()!);
        if (first) {
          yield {
            at: own,
            message: `Two listeners of ${describe(resource)} are named ${own.text()}.`,
            related: [{ at: first, message: 'The other one.' }],
          };
          continue;
        }
        byName.set(own.text()!, own);
      }
      if (port?.number() === undefined) continue;
      // HTTPS and TLS share a port: what tells them apart is the name that the client asks for.
      const protocol = listener.text('protocol') ?? '';
      const family = protocol === 'HTTPS' || protocol === 'TLS' ? 'TLS' : protocol;
      const key = JSON.stringify([port.number(), family, listener.text('hostname') ?? '']);
      const first = byPort.get(key);
      if (first) {
        yield {
          at: port,
          message: `Two listeners of ${describe(resource)} take port ${port.number()} for ${listener.text('hostname') ?? 'every host'}.`,
          related: [{ at: first, message: 'The other one.' }],
        };
      } else byPort.set(key, port);
    }
  },
});
