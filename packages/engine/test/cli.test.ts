import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { main } from '../src/cli';
import type { EngineReport } from '../src/index';

let output = '';
let complaints = '';

beforeEach(() => {
  output = complaints = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((output += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((complaints += String(text)), true));
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('the command line', () => {
  it('shows help', async () => {
    expect(await main(['-h'])).toBe(0);
    expect(output).toMatch(/provision[^]*doctor/);
  });

  it.each([[['nonsense'], "unknown command 'nonsense'"], [['doctor', '--fast'], "unknown option '--fast'"]])('answers %p with 2', async (parameters, complaint) => {
    expect(await main(parameters)).toBe(2);
    expect(complaints).toContain(complaint);
  });

  it('answers a wrong value with 2', async () => {
    expect(await main(['doctor', '--threads=none'])).toBe(2);
    expect(complaints).toBe('startEngine: threads must be an integer of at least 1, got NaN\n');
  });

  it('reports the engine as text and as data', async () => {
    expect(await main(['doctor'])).toBe(0);
    expect(output).toMatch(/TensorFlow +\d+\.\d+\.\d+ on (cpu|gpu)/);
    output = '';
    expect(await main(['doctor', '--json'])).toBe(0);
    const report = JSON.parse(output) as EngineReport;
    expect(report.missing).toEqual([]);
    expect(report.engine?.matmulGflops).toBeGreaterThan(0);
    expect(report.engine?.convolutionGflops).toBeGreaterThan(0);
  });

  it('is done at once where there is an engine', async () => {
    expect(await main(['provision'])).toBe(0);
    expect(output).toMatch(/^TensorFlow \d+\.\d+\.\d+: .*tfjs_binding\.node\n$/);
  });
});
