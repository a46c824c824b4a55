import { argument, block, body, joined } from './languageMembers.ts';
import type { TerraformBody } from './terraformSchema.ts';

/** How provisioners reach a machine. */
export const CONNECTION: TerraformBody = body({
  type: argument('s', 'How to connect; `ssh` unless set.', { values: ['ssh', 'winrm'], closed: true }),
  host: argument('s', 'Address of the machine.', { required: true }),
  port: argument('n', 'Port; 22 for SSH, 5985 for WinRM.'),
  user: argument('s', 'User to log in as.'),
  password: argument('s', 'Password of the user.', { sensitive: true }),
  timeout: argument('s', 'How long to try, e.g. `30s`.'),
  script_path: argument('s', 'Where scripts are copied to.'),
  private_key: argument('s', 'Contents of the private key.', { sensitive: true }),
  certificate: argument('s', 'Contents of a signed certificate of the key.'),
  agent: argument('b', 'Whether the SSH agent is used.'),
  agent_identity: argument('s', 'Which identity of the agent to try first.'),
  host_key: argument('s', 'Public key of the machine.'),
  target_platform: argument('s', 'What runs there.', { values: ['unix', 'windows'], closed: true }),
  bastion_host: argument('s', 'Machine to go through.'),
  bastion_host_key: argument('s', 'Public key of the bastion.'),
  bastion_port: argument('n', 'Port of the bastion.'),
  bastion_user: argument('s', 'User on the bastion.'),
  bastion_password: argument('s', 'Password on the bastion.', { sensitive: true }),
  bastion_private_key: argument('s', 'Private key for the bastion.', { sensitive: true }),
  bastion_certificate: argument('s', 'Certificate for the bastion.'),
  proxy_scheme: argument('s', 'Scheme of the proxy.', { values: ['http', 'https', 'socks5'], closed: true }),
  proxy_host: argument('s', 'Host of the proxy.'),
  proxy_port: argument('n', 'Port of the proxy.'),
  proxy_user_name: argument('s', 'User of the proxy.'),
  proxy_user_password: argument('s', 'Password of the proxy.', { sensitive: true }),
  https: argument('b', 'Whether WinRM uses HTTPS.'),
  insecure: argument('b', 'Whether the certificate is not checked.'),
  use_ntlm: argument('b', 'Whether WinRM uses NTLM.'),
  cacert: argument('s', 'Certificate of the authority to check against.'),
});

const EVERY = body({
  when: argument('d', 'At which end of the life it runs.', { values: ['create', 'destroy'], closed: true }),
  on_failure: argument('d', 'What a failure does.', { values: ['continue', 'fail'], closed: true }),
  connection: block(CONNECTION, 'How this provisioner reaches the machine.', { atMostOne: true }),
});

/** Terraform's own provisioners, by their label. */
export const PROVISIONERS: ReadonlyMap<string, TerraformBody> = new Map([
  [
    'local-exec',
    joined(
      body({
        command: argument('s', 'The command, run where Terraform runs.', { required: true }),
        working_dir: argument('s', 'Folder in which it runs.'),
        interpreter: argument('ls', 'Program and arguments that run the command.'),
        environment: argument('ms', 'Environment variables.'),
        quiet: argument('b', 'Whether the command is kept out of the output.'),
      }),
      EVERY,
    ),
  ],
  [
    'remote-exec',
    joined(
      body({
        inline: argument('ls', 'Commands, run one after another on the machine.'),
        script: argument('s', 'A local script that is copied and run.'),
        scripts: argument('ls', 'Local scripts that are copied and run in order.'),
      }),
      EVERY,
    ),
  ],
  [
    'file',
    joined(
      body({
        source: argument('s', 'File or folder to copy.'),
        content: argument('s', 'Text to write.'),
        destination: argument('s', 'Where it goes.', { required: true }),
      }),
      EVERY,
    ),
  ],
]);
