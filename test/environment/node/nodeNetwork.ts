import { realNode } from '../controlPlane/controlPlane.ts';

/**
 * The networks of the real node. They are the same in every run, because certificates, routes and image names
 * contain them; so there is one real node on a machine at a time.
 */
export const nodeNetwork = {
  /** This machine's end of the link to the node. */
  hostAddress: realNode.hostAddress,
  address: realNode.address,
  /** The name of the link on this machine. */
  link: 'slipway-node',
  pods: '10.244.1.0/24',
  services: '10.96.0.0/16',
  /** Where a cluster's DNS would be. There is none: Services are reached by address. */
  dns: '10.96.0.10',
  registryPort: 5000,
} as const;
