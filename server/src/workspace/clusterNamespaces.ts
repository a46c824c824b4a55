/** Namespaces into which the cluster itself and its distribution put objects that no file of a workspace shows. */
const OF_THE_CLUSTER: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/** Whether an object that no file defines may still be there, however many others of that namespace the files define. */
export function isFilledByCluster(namespace: string | undefined): boolean {
  return namespace !== undefined && OF_THE_CLUSTER.has(namespace);
}
