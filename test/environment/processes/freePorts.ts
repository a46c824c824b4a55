import { createServer } from 'node:net';

/** The range lies below that of outgoing connections (32768 and up) and of NodePorts (30000 and up). */
const firstPort = 18_000;
const lastPort = 29_999;

/** Different TCP ports on 127.0.0.1 that nobody listens on at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  return choosePorts(count, isFree, Math.random);
}

/** The choice itself: random, so that two runs that start together rarely meet, and each port only once. */
export async function choosePorts(
  count: number,
  isUsable: (port: number) => Promise<boolean>,
  random: () => number,
): Promise<number[]> {
  const chosen = new Set<number>();
  for (let attempt = 0; chosen.size < count; attempt++) {
    if (attempt === 1_000) throw new Error(`No ${count} free ports between ${firstPort} and ${lastPort}.`);
    const port = firstPort + Math.floor(random() * (lastPort - firstPort + 1));
    if (!chosen.has(port) && (await isUsable(port))) chosen.add(port);
  }
  return [...chosen];
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
