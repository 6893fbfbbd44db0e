/** A wheel of Python's package index that holds TensorFlow's libraries and headers for one platform. Nothing of it is run as Python. */
export interface Wheel {
  /** As pip wants it. */
  readonly requirement: string;
  readonly tensorflow: string;
  /** SPDX. */
  readonly licence: string;
  readonly platform: string;
  readonly sha256: string;
  /** Size of the download, in megabytes. */
  readonly megabytes: number;
}

/** Which Python the wheel is for. Any Python 3 can fetch it. */
export const WHEEL_PYTHON = '3.11';

/** Pinned by content, keyed by `platform-arch` as Node names them. */
export const wheels: Readonly<Record<string, Wheel>> = {
  'linux-x64': {
    requirement: 'tensorflow-cpu==2.21.0',
    tensorflow: '2.21.0',
    licence: 'Apache-2.0',
    platform: 'manylinux_2_27_x86_64',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    megabytes: 274,
  },
  'linux-arm64': {
    requirement: 'tensorflow==2.21.0',
    tensorflow: '2.21.0',
    licence: 'Apache-2.0',
    platform: 'manylinux_2_27_aarch64',
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
    megabytes: 280,
  },
};
