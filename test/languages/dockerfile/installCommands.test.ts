import assert from 'node:assert/strict';
import { saidByRule } from './saidByRule.ts';

/** Lines that a rule speaks of, and lines in which everything is as it should be. */
interface Judged {
  readonly speaks: readonly string[];
  readonly silent: readonly string[];
}

const ALPINE = 'FROM alpine:3.20\n';
const FEDORA = 'FROM fedora:41\n';
const SUSE = 'FROM opensuse/leap:15.5\n';
const UPDATED = 'RUN apt-get update && apt-get install -y --no-install-recommends curl=7';

/** Each rule on every way of writing its command that changes the answer. */
const JUDGED: Readonly<Record<string, Judged>> = {
  'apt-without-yes': {
    speaks: [
      'RUN apt-get -y=false install a',
      'RUN apt-get install --assume-yes a && apt-get install b',
      'RUN eval "apt-get install a"',
      'RUN su root -c "apt-get install a"',
      'RUN bash -c "apt-get install $A b"',
      'RUN bash -c "echo \\"x\\" && apt-get install a"',
      'RUN bash -c "if true; then \\\n    apt-get install a; \\\n  fi"',
      'RUN cat <<EOF | bash\napt-get install a\nEOF',
      '# escape=`\nFROM debian:12\nRUN apt-get update && `\n  apt-get install a',
      'RUN x=$(apt-get install a)',
      'RUN case $X in a) apt-get install a;; esac',
      'RUN <<A bash && <<B bash\ntrue\nA\napt-get install a\nB',
    ],
    silent: [
      'RUN apt-get install -q=2 a',
      'RUN apt-get install -yqq a',
      'RUN yes | apt-get install a',
      'RUN echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90yes\nRUN apt-get install a',
      'RUN cat <<EOF > /script\napt-get install a\nEOF',
      'RUN bash -c "echo \\"apt-get install a\\""',
      '# escape=`\nFROM acme/base:1\nRUN apt-get install a',
    ],
  },
  'apt-recommends': {
    speaks: [
      'RUN apt-get install -y --no-install-recommends a && apt-get install -y b',
      'RUN apt-get install -y --install-recommends a',
      'RUN apt-get install -y --no-install-recommends=false a',
      'RUN apt-get install -y -o APT::Install-Recommends=true a',
    ],
    silent: [
      'RUN apt-get install -y --install-recommends=false a',
      'RUN apt-get install -y -o APT::Install-Recommends=0 a',
      'RUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/lean && apt-get install -y a',
    ],
  },
  'apt-lists-kept': {
    speaks: [
      `${UPDATED} && apt-get clean`,
      `${UPDATED} && rm -rf /tmp/$X`,
      `${UPDATED} && rm -rf /var/cache/apt/*`,
      `${UPDATED} && rm -rf "$GNUPGHOME"`,
      `${UPDATED} && find /var/lib/apt/lists -type f`,
    ],
    silent: [
      `${UPDATED} && cd /var/lib/apt && rm -rf lists`,
      `${UPDATED} && rm -rf "/var/lib/apt/lists/"*`,
      `${UPDATED} && rm -rf /var/{cache/apt,lib/{apt,dpkg}}/*`,
      `${UPDATED} && rm -rf /var/lib/ap?/lists`,
      `${UPDATED} && rm -rf "$APT_LISTS"`,
    ],
  },
  'update-alone': {
    speaks: ['RUN apt-get update', `${FEDORA}RUN dnf -y update\nRUN dnf install -y a`, `${ALPINE}RUN apk update`],
    silent: ['RUN apt-get update && ./install.sh', `${FEDORA}RUN dnf -y update && dnf install -y a`],
  },
  'package-cache-kept': {
    speaks: [`${FEDORA}RUN dnf install -y a && dnf clean metadata`, `${FEDORA}RUN dnf install -y a && rm -rf /tmp/$X`],
    silent: [
      `${FEDORA}RUN dnf install -y a && dnf -y clean all`,
      `${FEDORA}RUN dnf install -y a && rm -rf /var/cache/*`,
      `${FEDORA}RUN yum install -y a && rm -rf /var/cache/dnf`,
      `${SUSE}RUN zypper -n in a && zypper cc --all`,
    ],
  },
  'install-without-yes': {
    speaks: [`${FEDORA}RUN dnf module install nodejs:18`, `${SUSE}RUN zypper update`],
    silent: [`${FEDORA}RUN dnf module install -y nodejs:18`, `${FEDORA}RUN dnf module list`],
  },
  'yum-version-unpinned': {
    speaks: [`${FEDORA}RUN dnf install -y java-11-openjdk`, `${FEDORA}RUN dnf module install -y nodejs`],
    silent: [
      `${FEDORA}RUN dnf install -y java-11-openjdk-1:11.0.1 httpd-2.4.6-99.el9 httpd-2.4* nginx-1.2-*`,
      `${FEDORA}RUN dnf module install -y nodejs:18/common`,
      `${SUSE}RUN zypper -n in "a>=2"`,
    ],
  },
  'apk-cache-kept': {
    speaks: [`${ALPINE}RUN apk update && apk add a=1 && rm -rf /tmp/$X`],
    silent: [`${ALPINE}RUN apk add a=1 && rm -rf /var/cache/*`],
  },
  'apk-version-unpinned': {
    speaks: [`${ALPINE}RUN apk add --virtual build-deps a`, `${ALPINE}RUN apk add a@edge`],
    silent: [`${ALPINE}RUN apk add --virtual build-deps a=1 b.apk`],
  },
  'pip-cache-kept': {
    speaks: ['RUN pip install a==1 && pip cache info', 'RUN pip install a==1 && rm -rf /tmp/x.cache'],
    silent: [
      'RUN pip install a==1 && pip cache purge',
      'RUN pip install a==1 && rm -rf "$HOME/.cache"',
      'RUN pip install a==1 && rm -rf /home/app/.cache/pip',
      'ENV PIP_NO_CACHE_DIR=off\nRUN pip install a==1',
    ],
  },
  'pip-version-unpinned': {
    speaks: ['RUN pip install git+https://example.com/a/b.git', 'RUN pip install git+ssh://git@example.com/a/b.git'],
    silent: [
      'RUN pip install git+https://example.com/a/b.git@v1',
      'RUN pip install "a @ git+https://x/a/b.git@v1#egg=a"',
    ],
  },
  'npm-version-unpinned': {
    speaks: ['RUN npm install a@latest', 'RUN npm install git://example.com/a/b.git', 'RUN npm install owner/name'],
    silent: ['RUN npm install git+ssh://git@example.com/a/b#semver:^1 owner/name#v1', 'RUN npm install "a@>=1 <2"'],
  },
  'gem-version-unpinned': {
    speaks: ['RUN gem install a -- --with-x'],
    silent: ['RUN gem install a:1 -- --with-x=/usr', 'RUN gem install a -v2.0'],
  },
  'yarn-cache-kept': {
    speaks: ['FROM node:22\nRUN yarn global add a@1', 'FROM node:22\nRUN yarn install && yarn cache list'],
    silent: ['FROM node:22\nRUN yarn install && yarn cache clean', 'FROM node:22\nRUN yarn build'],
  },
  sudo: {
    speaks: ['RUN time sudo a', 'RUN if true; then /usr/bin/sudo a; fi', "RUN bash -c 'sudo a'"],
    silent: ['RUN echo sudo'],
  },
};

describe('install commands in RUN', () => {
  for (const [rule, { speaks, silent }] of Object.entries(JUDGED)) {
    for (const text of speaks) {
      it(`${rule} speaks of ${JSON.stringify(text)}`, () => assert.notDeepEqual(saidByRule(rule, text), []));
    }
    for (const text of silent) {
      it(`${rule} says nothing of ${JSON.stringify(text)}`, () => assert.deepEqual(saidByRule(rule, text), []));
    }
  }
});
