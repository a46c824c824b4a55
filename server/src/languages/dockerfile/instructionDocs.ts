/** What an instruction is for, in a few words and with an example; shown on hover and beside completions. */
export interface InstructionDoc {
  readonly form: string;
  readonly text: string;
  /** What to write behind the keyword; `<words>` are to be filled in. */
  readonly example: string;
}

export const INSTRUCTION_DOCS: Readonly<Record<string, InstructionDoc>> = {
  ADD: {
    form: 'ADD [flags] source… destination',
    text: 'Copies files, unpacks local tar archives, downloads addresses and clones Git repositories into the image. For plain files, `COPY` says what happens.',
    example: '<source> <destination>',
  },
  ARG: {
    form: 'ARG NAME[=default]…',
    text: 'Declares a variable of the build, which `--build-arg NAME=value` sets. Before the first `FROM` it is visible to `FROM` lines only; a stage sees it after an `ARG NAME` of its own.',
    example: '<NAME>=<default>',
  },
  CMD: {
    form: 'CMD ["program", "argument"…]',
    text: 'What a container runs by default, or the default arguments of `ENTRYPOINT`. The last one counts. Without brackets a shell is the first process and gets the signals.',
    example: '["<program>"]',
  },
  COPY: {
    form: 'COPY [flags] source… destination',
    text: 'Copies files from the build context, or with `--from` from another stage or image. Several sources need a destination that ends with `/`.',
    example: '<source> <destination>',
  },
  ENTRYPOINT: {
    form: 'ENTRYPOINT ["program", "argument"…]',
    text: 'The program that a container is. `CMD` and the words after the image name are its arguments, but only in the form with brackets.',
    example: '["<program>"]',
  },
  ENV: {
    form: 'ENV NAME=value…',
    text: 'Sets variables for the following instructions and for every container of the image. All values of one `ENV` are read before any of its names is set.',
    example: '<NAME>=<value>',
  },
  EXPOSE: {
    form: 'EXPOSE port[/protocol]…',
    text: 'Says which ports the program listens on. It opens nothing by itself.',
    example: '<8080>',
  },
  FROM: {
    form: 'FROM [--platform=…] image [AS name]',
    text: 'Begins a stage, from an image, an earlier stage or `scratch`, the empty image. The last stage is what is built.',
    example: '<image>:<tag>',
  },
  HEALTHCHECK: {
    form: 'HEALTHCHECK [flags] CMD command | NONE',
    text: 'How Docker finds out that a container works: exit status 0 is healthy. Kubernetes has probes and never looks at it.',
    example: '--interval=<30s> --timeout=<5s> CMD ["<program>"]',
  },
  LABEL: {
    form: 'LABEL key=value…',
    text: 'Describes the image to people and tools, such as `org.opencontainers.image.source`.',
    example: '<key>="<value>"',
  },
  MAINTAINER: {
    form: 'MAINTAINER name',
    text: 'Deprecated: write `LABEL org.opencontainers.image.authors="…"`.',
    example: '<name>',
  },
  ONBUILD: {
    form: 'ONBUILD instruction',
    text: 'Keeps an instruction for the build of an image that starts from this one.',
    example: '<COPY . /app>',
  },
  RUN: {
    form: 'RUN [flags] command',
    text: 'Runs a command while the image is built and keeps what it changed as a layer. Each `RUN` has a shell of its own.',
    example: '<command>',
  },
  SHELL: {
    form: 'SHELL ["program", "argument"…]',
    text: 'The program that reads the instructions without brackets from here on.',
    example: '["/bin/bash", "-o", "pipefail", "-c"]',
  },
  STOPSIGNAL: {
    form: 'STOPSIGNAL signal',
    text: 'The signal that asks the program to stop, `SIGTERM` by default.',
    example: '<SIGTERM>',
  },
  USER: {
    form: 'USER name|uid[:group|gid]',
    text: 'Who runs the following instructions and the program. A number lets Kubernetes see that it is not root.',
    example: '<1000>:<1000>',
  },
  VOLUME: {
    form: 'VOLUME path…',
    text: 'Says that data is written there. What later instructions change below the path is lost.',
    example: '</data>',
  },
  WORKDIR: {
    form: 'WORKDIR path',
    text: 'The folder of the following instructions and of the program; made when it is not there.',
    example: '</app>',
  },
};

/** What a flag does, by `INSTRUCTION --flag`. */
export const FLAG_DOCS: Readonly<Record<string, string>> = {
  'ADD --checksum': 'The digest (`sha256:…`) or Git commit that the download must have.',
  'ADD --chmod': 'The mode of what is added, such as `755` or `u=rwX,go=rX`.',
  'ADD --chown': 'The owner of what is added: `user:group`, by name or number.',
  'ADD --exclude': 'A pattern of files to leave out; may be repeated.',
  'ADD --keep-git-dir': 'Keeps the `.git` folder of a cloned repository.',
  'ADD --link': 'Adds in a layer of its own, which stays valid when the layers below change.',
  'ADD --unpack': 'Whether archives are unpacked: by default local ones are, downloads are not.',
  'COPY --chmod': 'The mode of what is copied, such as `755` or `u=rwX,go=rX`.',
  'COPY --chown': 'The owner of what is copied: `user:group`, by name or number.',
  'COPY --exclude': 'A pattern of files to leave out; may be repeated.',
  'COPY --from': 'The stage, image or build context to copy from.',
  'COPY --link': 'Copies in a layer of its own, which stays valid when the layers below change.',
  'COPY --parents': 'Keeps the folders of the sources below the destination.',
  'FROM --platform': 'The platform of the image. `$BUILDPLATFORM` builds on the machine at hand, for cross-compilers.',
  'HEALTHCHECK --interval': 'The time between two checks, 30s by default.',
  'HEALTHCHECK --retries': 'How many checks in a row must fail, 3 by default.',
  'HEALTHCHECK --start-interval': 'The time between two checks while the container starts, 5s by default.',
  'HEALTHCHECK --start-period': 'How long failures do not count after the start, 0s by default.',
  'HEALTHCHECK --timeout': 'How long one check may take, 30s by default.',
  'RUN --device': 'A device (CDI) that the command may use.',
  'RUN --mount':
    'Something that is there while the command runs and not in the layer: a cache, a secret, files of a stage.',
  'RUN --network': '`default`, `none` or `host`.',
  'RUN --security': '`sandbox` (the default) or `insecure`.',
};

/** What an option of `RUN --mount` does, by its main name. */
export const MOUNT_OPTION_DOCS: Readonly<Record<string, string>> = {
  env: 'The variable that holds the secret while the command runs.',
  from: 'The stage, image or build context that is mounted.',
  gid: 'The group of the mounted file or folder, 0 by default.',
  id: 'The name of the cache, secret or agent.',
  mode: 'The mode in octal digits: 0755 for caches, 0400 for secrets.',
  readonly: 'Nothing may be written.',
  readwrite: 'The command may write; for a bind mount what it writes is thrown away.',
  required: 'The build fails when the secret or agent is not given.',
  sharing: 'What builds at the same time do with a cache: `shared`, `private` or `locked`.',
  size: 'The upper limit of the file system in memory.',
  source: 'The path in what is mounted, its root by default.',
  target: 'The path at which it is mounted.',
  type: '`bind` (the default), `cache`, `secret`, `ssh` or `tmpfs`.',
  uid: 'The owner of the mounted file or folder, 0 by default.',
};

export const MOUNT_TYPE_DOCS: Readonly<Record<string, string>> = {
  bind: 'Files of the build context, a stage or an image.',
  cache: 'A folder that is kept between builds, for package managers and compilers.',
  secret: 'A secret of the build, as a file or a variable; never in a layer.',
  ssh: 'The SSH agent of whoever builds.',
  tmpfs: 'An empty file system in memory.',
};

export const DIRECTIVE_DOCS: Readonly<Record<string, string>> = {
  check: 'Which of Docker’s build checks are left out, and whether findings fail the build: `skip=A,B;error=true`.',
  escape: 'The character that joins lines: a backslash, or a backtick for files about Windows.',
  syntax: 'The image that reads this file: `docker/dockerfile:1` is the newest stable syntax.',
};
