const NOISE = /^(WARNING: All log messages before absl::InitializeLog|I\d{4} \d\d:\d\d:\d+\.\d+|To enable the following instructions:)/;

/** Whether a line of stderr is one of those that TensorFlow prints when it is loaded and no setting silences. For who runs the engine in a child process. */
export function isEngineNoise(line: string): boolean {
  return NOISE.test(line);
}
