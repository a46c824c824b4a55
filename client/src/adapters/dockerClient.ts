import Docker from 'dockerode';
import { Failure } from '../cluster/failure.ts';
import type { EngineEndpoint } from './engineEndpoint.ts';

/** The library's client for an endpoint. Nothing is left to the environment, which the library would read. */
export function dockerClient(endpoint: EngineEndpoint): Docker {
  const { host, tls } = endpoint;
  const nothing = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  const common = { ...nothing, pathPrefix: '/', protocol: 'http' };
  const options = host.startsWith('unix://')
    ? { ...common, socketPath: host.slice('unix://'.length) }
    : host.startsWith('npipe://')
      ? { ...common, socketPath: host.slice('npipe://'.length) }
      : { ...common, ...networkOptions(endpoint), ...(tls ? { ca: tls.ca, cert: tls.cert, key: tls.key } : {}) };
  return new Docker(options as ConstructorParameters<typeof Docker>[0]);
}

function networkOptions({ host, tls, name }: EngineEndpoint): object {
  let url: URL;
  try {
    url = new URL(host);
  } catch {
    throw new Failure('invalid', `${host} is not the address of a container engine.`, {
      advice: 'Write it like unix:///var/run/docker.sock or tcp://host:2376.',
    });
  }
  if (url.protocol === 'ssh:') {
    return {
      protocol: 'ssh',
      host: url.hostname,
      port: url.port || 22,
      username: url.username,
      sshOptions: { agent: process.env['SSH_AUTH_SOCK'] },
    };
  }
  if (!['tcp:', 'http:', 'https:'].includes(url.protocol)) {
    throw new Failure('unsupported', `${name} is reached by ${url.protocol}//, which is not known here.`);
  }
  const secure = tls !== undefined || url.protocol === 'https:' || url.port === '2376';
  return { protocol: secure ? 'https' : 'http', host: url.hostname, port: url.port || (secure ? 2376 : 2375) };
}
