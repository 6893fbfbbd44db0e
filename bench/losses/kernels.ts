import { kernelClock } from '../profile/kernel-clock';
import type { StepTimes } from '../profile/kernels';
import { madeCall, type Settings } from './made-call';
import { timeCalls } from './time-calls';

/** Times the kernels of loss and gradients, run op by op. */
async function main(settings: Settings): Promise<readonly StepTimes[]> {
  const { call } = await madeCall({ ...settings, mode: 'eager' });
  const take = kernelClock();
  const calls: StepTimes[] = [];
  timeCalls(call, settings.repeats, (milliseconds, counts) => {
    const kernels = take();
    if (counts) calls.push({ milliseconds, kernels });
  });
  return calls;
}

void main(JSON.parse(process.argv[2] ?? '{}') as Settings).then((calls) => console.log(JSON.stringify(calls)));
