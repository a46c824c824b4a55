import { checkEngine } from '../engine/checkEngine.ts';
import { runProgram } from '../processes/runProgram.ts';
import { describeMissingPackages, missingPackages, nodeRequirements } from '../tools/systemPackages.ts';
import { controlPlaneTools, missingForBuild, nodeTools } from '../tools/tools.ts';
import { nodeNetwork } from './nodeNetwork.ts';

/** One line that says why no real Kubernetes node can run on this machine, or `undefined`. */
export async function checkNode(): Promise<string | undefined> {
  const missing = missingPackages(nodeRequirements);
  return (
    (await checkEngine()) ??
    (missing.length === 0 ? undefined : describeMissingPackages(missing)) ??
    missingForBuild([...controlPlaneTools, ...nodeTools]) ??
    (await tryPacketFilter())
  );
}

/** kube-proxy needs address translation, comments and random choice of the kernel's packet filter. */
async function tryPacketFilter(): Promise<string | undefined> {
  const rule = `iptables -t nat -A OUTPUT -m comment --comment probe -m statistic --mode random --probability .5 -j DNAT --to ${nodeNetwork.address}`;
  try {
    await runProgram('unshare', ['--net', 'sh', '-ec', rule]);
    return undefined;
  } catch (error) {
    return `iptables refuses what kube-proxy needs (${(error as Error).message.split('\n').at(-1)})`;
  }
}
