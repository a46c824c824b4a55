import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';
import { exposedWords } from './exposedPorts.ts';

const PORTS = /^\d+(?:-\d+)?$/;

/** EXPOSE names ports of the container; where they are reached on the host is decided by who runs it. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/expose-format',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['buildkit:ExposeInvalidFormat'],
  *check(file) {
    for (const { word, value, isLiteral, host, ports, protocol } of exposedWords(file)) {
      const at = placeOf(file, word.span);
      const isProtocol = protocol === '' || /^(?:tcp|udp|sctp)$/i.test(protocol);
      const [first, last] = ports.split('-').map(Number);
      if (!PORTS.test(ports) || (last !== undefined && last < first!)) {
        yield { at, message: `${value} is no port and no range of ports.` };
      } else if (!isProtocol) {
        yield { at, message: `${protocol} is no protocol: it is tcp, udp or sctp.` };
      } else if (host !== '') {
        const bare = value.slice(host.length + 1);
        yield {
          at,
          severity: 'warning',
          message: `EXPOSE can't map ${ports} to ${host}; only who runs the container can.`,
          fixes: isLiteral
            ? [{ title: `Write ${bare}`, safe: true, edits: () => [replace(file, word.span, bare)] }]
            : [],
        };
      }
    }
  },
});
