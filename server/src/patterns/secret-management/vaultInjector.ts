/** Prefix of the annotations of pods by which Vault's injector is told what to do. */
export const INJECTOR = 'vault.hashicorp.com/';
