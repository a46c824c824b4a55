import { createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { onePod } from '../cluster/selectedPods.ts';
import type { ObjectReference } from '../cluster/tree/clusterNode.ts';
import type { ForwardedPort } from '../cluster/tree/clusterSource.ts';

/** What is to be forwarded. */
export interface ForwardRequest {
  readonly object: ObjectReference & { readonly namespace: string };
  /** The port of the pod. */
  readonly remotePort: number;
  /** The port of this machine; 0 for any that is free. */
  readonly localPort: number;
}

interface Forward {
  readonly request: ForwardRequest;
  readonly api: KubeApi;
  readonly server: Server;
  readonly stop: AbortController;
  readonly sockets: Set<Socket>;
  /** The pod that answered last; asked for anew when it answers no more. */
  pod: string | undefined;
  shown: ForwardedPort;
}

/**
 * Ports of this machine that lead into pods. They listen on 127.0.0.1 only. A forward outlives its pod: the next
 * connection goes to another pod of the same workload or Service.
 */
export class PortForwards {
  readonly #changed: () => void;
  readonly #forwards = new Map<number, Forward>();
  #lastNumber = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  list(): readonly ForwardedPort[] {
    return [...this.#forwards.values()].map(({ shown }) => shown);
  }

  /** Begins to forward. Throws where the port is taken, or no pod runs. */
  async start(api: KubeApi, request: ForwardRequest, signal: AbortSignal): Promise<ForwardedPort> {
    const pod = await onePod(api, request.object, signal);
    const server = createServer();
    const localPort = await listen(server, request.localPort);
    this.#lastNumber += 1;
    const { name, namespace, type } = request.object;
    const shown: ForwardedPort = {
      number: this.#lastNumber,
      context: api.context,
      namespace,
      target: `${type.kind} ${name}`,
      remotePort: request.remotePort,
      localPort,
      state: `leads to ${pod.metadata.name}`,
      isBroken: false,
    };
    const forward: Forward = {
      request,
      api,
      server,
      stop: new AbortController(),
      sockets: new Set(),
      pod: pod.metadata.name,
      shown,
    };
    server.on('connection', (socket) => {
      forward.sockets.add(socket);
      socket.on('close', () => forward.sockets.delete(socket));
      // A client that hangs up is no fault; what matters is told by the pipeline.
      socket.on('error', () => undefined);
      void this.#lead(forward, socket);
    });
    this.#forwards.set(shown.number, forward);
    this.#changed();
    return shown;
  }

  /** Ends a forward with its connections; nothing happens where there is none of that number. */
  stop(number: number): void {
    const forward = this.#forwards.get(number);
    if (!forward) return;
    this.#forwards.delete(number);
    forward.stop.abort();
    forward.server.close();
    for (const socket of forward.sockets) socket.destroy();
    this.#changed();
  }

  dispose(): void {
    for (const number of [...this.#forwards.keys()]) this.stop(number);
  }

  /** Leads one connection into a pod: into the one that is known or, where that is gone, into another. */
  async #lead(forward: Forward, socket: Socket): Promise<void> {
    const { api, request, stop } = forward;
    const { namespace } = request.object;
    for (const isKnown of forward.pod === undefined ? [false] : [true, false]) {
      try {
        const name = isKnown ? forward.pod! : (await onePod(api, request.object, stop.signal)).metadata.name;
        const connection = await api.portForward(namespace, name, request.remotePort, stop.signal);
        forward.pod = name;
        this.#show(forward, `leads to ${name}`, false);
        pipeline(connection, socket, (error) => {
          if (error) this.#lost(forward, error.message);
        });
        pipeline(socket, connection, () => undefined);
        return;
      } catch (error) {
        if (stop.signal.aborted) break;
        forward.pod = undefined;
        const reason = error instanceof Failure ? error.report.message : String(error);
        if (!isKnown) this.#show(forward, reason, true);
      }
    }
    socket.destroy();
  }

  /** A connection that ended badly: the next one asks for a pod anew, because this one may be gone. */
  #lost(forward: Forward, reason: string): void {
    if (forward.stop.signal.aborted || reason === 'Premature close') {
      forward.pod = undefined;
      return;
    }
    forward.pod = undefined;
    this.#show(forward, reason, true);
  }

  #show(forward: Forward, state: string, isBroken: boolean): void {
    if (forward.shown.state === state && forward.shown.isBroken === isBroken) return;
    forward.shown = { ...forward.shown, state, isBroken };
    if (this.#forwards.has(forward.shown.number)) this.#changed();
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Failure('exists', `Port ${port} of this machine is taken.`, { advice: 'Choose another port.' })
          : new Failure('unsupported', `Port ${port} of this machine cannot be used.`, { said: error.message }),
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}
