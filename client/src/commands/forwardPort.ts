import { env, Uri, window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { offeredPorts } from '../cluster/offeredPorts.ts';
import { objectPath } from '../cluster/resourceType.ts';
import { onePod } from '../cluster/selectedPods.ts';
import type { ObjectReference } from '../cluster/tree/clusterNode.ts';
import { chosenObject, clusterArgument } from './clusterArgument.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCancel } from './withCluster.ts';

/** Leads a port of this machine into a pod, a workload or a Service, until it is stopped. */
export const forwardPort: Command = {
  id: 'slipway.forwardPort',
  needsTrust: true,
  async run({ cluster, forwards, log, memory }, argument) {
    const { context, name, object } = chosenObject(argument);
    const { namespace } = object;
    if (namespace === undefined) throw new Failure('unsupported', `${name} has no ports.`);
    const api = cluster.api(context);
    const ports = await withCancel(`Reading the ports of ${name}`, (signal) => readPorts(api, object, signal));
    const remotePort = await askRemotePort(name, ports);
    const key = `slipway.localPort ${context} ${name} ${remotePort}`;
    const localPort = await askLocalPort(name, memory.get<number>(key) ?? ownPort(remotePort));
    await memory.update(key, localPort);
    const request = { object: { ...object, namespace }, remotePort, localPort };
    const started = await withCancel(`Forwarding ${name}`, (signal) => forwards.start(api, request, signal));
    const address = `127.0.0.1:${started.localPort}`;
    log.info(`${address} leads to ${name}, port ${remotePort}, on ${context}.`);
    const answer = window.showInformationMessage(
      `${address} leads to ${name} on ${context}.`,
      'Open in Browser',
      'Stop',
    );
    answer.then(
      async (choice) => {
        if (choice === 'Open in Browser') await env.openExternal(Uri.parse(`http://${address}`));
        if (choice === 'Stop') forwards.stop(started.number);
      },
      (error: unknown) => log.error(String(error)),
    );
  },
};

/** Ends a forward. */
export const stopForward: Command = {
  id: 'slipway.stopForward',
  needsTrust: true,
  async run({ forwards }, argument) {
    const { forward } = clusterArgument(argument);
    if (forward !== undefined) return forwards.stop(forward);
    const items = forwards.list().map(({ context, localPort, number, target }) => ({
      label: `127.0.0.1:${localPort}`,
      description: `${target} on ${context}`,
      number,
    }));
    if (items.length === 0) throw new Failure('not-found', 'No port is forwarded.');
    const options = { title: 'Stop Forwarding', placeHolder: 'Which port?' };
    forwards.stop(orDismissed(await window.showQuickPick(items, options)).number);
  },
};

async function readPorts(
  api: KubeApi,
  reference: ObjectReference,
  signal: AbortSignal,
): Promise<ReturnType<typeof offeredPorts>> {
  const { name, namespace, type } = reference;
  const pod = await onePod(api, reference, signal);
  return offeredPorts(
    pod,
    type.kind === 'Service' ? await api.get(objectPath(type, namespace, name), signal) : undefined,
  );
}

async function askRemotePort(title: string, ports: ReturnType<typeof offeredPorts>): Promise<number> {
  const [only] = ports;
  if (only && ports.length === 1) return only.port;
  if (ports.length > 0) {
    const items = ports.map(({ name, port }) => ({ label: String(port), description: name, port }));
    return orDismissed(
      await window.showQuickPick(items, { title, placeHolder: 'Which port of the pod?', ignoreFocusOut: true }),
    ).port;
  }
  const prompt = 'The port of the pod; it names none itself';
  return askPort({ title, prompt });
}

function askLocalPort(title: string, proposal: number): Promise<number> {
  return askPort({ title, prompt: 'The port of this machine, 0 for any that is free', value: String(proposal) });
}

async function askPort(question: { title: string; prompt: string; value?: string }): Promise<number> {
  const options = { ...question, ignoreFocusOut: true, validateInput: complaintOf };
  return Number(orDismissed(await window.showInputBox(options)));
}

/** The same port here, but for the first ones, which are kept for the system. */
function ownPort(remotePort: number): number {
  return remotePort < 1024 ? remotePort + 8000 : remotePort;
}

function complaintOf(text: string): string | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? undefined : 'A port is a number up to 65535.';
}
