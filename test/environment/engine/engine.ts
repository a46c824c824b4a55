import { networkInterfaces } from 'node:os';
import { freePorts } from '../processes/freePorts.ts';
import { createNamespaces } from '../processes/namespaces.ts';
import { runProgram } from '../processes/runProgram.ts';
import { createStateFolder, type StateFolder } from '../processes/stateFolder.ts';
import type { ReportProgress } from '../tools/buildGoProgram.ts';
import { engineTools, ensureTools } from '../tools/tools.ts';
import { checkEngine } from './checkEngine.ts';
import { type Engine, startEngineDaemons } from './engineDaemons.ts';

/** An engine of its own, without Kubernetes. */
export interface RunningEngine extends Engine {
  readonly stateFolder: string;
  /** Ends everything and leaves nothing. */
  stop(): Promise<void>;
}

/**
 * Starts dockerd, a registry and BuildKit in about three seconds. They use this machine's network, so published
 * ports of containers and the registry are on 127.0.0.1; containers reach each other, but not the internet.
 * Any number of engines may run at a time. Needs root; see {@link checkEngine}.
 */
export async function startEngine(options: { readonly onProgress?: ReportProgress } = {}): Promise<RunningEngine> {
  const obstacle = await checkEngine();
  if (obstacle !== undefined) throw new Error(`The Docker engine can't run here: ${obstacle}.`);
  await ensureTools(engineTools, options);
  const state = createStateFolder('engine');
  const id = state.path.slice(state.path.lastIndexOf('/') + 1);
  const namespaces = await createNamespaces({ id, state, ownNetwork: false, hostname: 'engine', prepare: [] }).catch(
    async (error) => {
      await state.remove();
      throw error;
    },
  );
  const stop = async () => {
    await namespaces.stop();
    await state.remove();
  };
  try {
    const [port] = await freePorts(1);
    const registry = `127.0.0.1:${port}`;
    const engine = await startEngineDaemons({
      state,
      namespaces,
      buildxBuilder: id,
      registryListens: registry,
      registryAddresses: [registry],
      registryFromHost: registry,
      network: [`--bridge=${await createBridge(state)}`],
    });
    return { ...engine, stateFolder: state.path, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A bridge for the engine's containers alone; the system's own engine keeps docker0. */
async function createBridge(state: StateFolder): Promise<string> {
  // An interface's name has at most 15 characters.
  const name = `slp${state.path.slice(-6).toLowerCase()}${process.pid % 100_000}`;
  const subnet = freeSubnet();
  state.undoLater(['ip', 'link', 'del', name]);
  await runProgram('ip', ['link', 'add', name, 'type', 'bridge']);
  await runProgram('ip', ['address', 'add', `${subnet}.1/24`, 'dev', name]);
  await runProgram('ip', ['link', 'set', name, 'up']);
  return name;
}

/** The first three numbers of a network of which this machine has no address, such as `10.90.17`. */
function freeSubnet(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  const first = Math.floor(Math.random() * 256);
  for (let step = 0; step < 256; step++) {
    const subnet = `10.90.${(first + step) % 256}`;
    if (!addresses.some(({ address }) => address.startsWith(`${subnet}.`))) return subnet;
  }
  throw new Error('Every network in 10.90.0.0/16 is in use on this machine.');
}
