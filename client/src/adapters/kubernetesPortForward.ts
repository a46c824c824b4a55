import { Duplex, PassThrough } from 'node:stream';
import { type KubeConfig, PortForward } from '@kubernetes/client-node';

/**
 * Opens one connection to a port of a pod. What the kubelet says on its error channel, such as a refused connection,
 * ends the connection with that error.
 */
export async function openPortForward(
  config: KubeConfig,
  namespace: string,
  pod: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  const fromPod = new PassThrough();
  const toPod = new PassThrough();
  const errors = new PassThrough();
  const socket = await new PortForward(config).portForward(namespace, pod, [port], fromPod, errors, toPod);
  if (typeof socket === 'function') throw new Error('A port-forward without retries gave no connection.');
  const connection = Duplex.from({ readable: fromPod, writable: toPod });
  const stop = (): void => {
    connection.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  errors.on('data', (chunk: Buffer) => {
    const said = chunk.toString('utf8').trim();
    if (said !== '') connection.destroy(new Error(said));
  });
  socket.on('close', () => fromPod.end());
  socket.on('error', (error) => connection.destroy(error));
  connection.on('close', () => {
    signal.removeEventListener('abort', stop);
    socket.close();
  });
  return connection;
}
