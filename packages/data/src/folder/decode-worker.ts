import { decodeBlock } from './decode-block';

/** What a worker thread of the pool runs. */
module.exports = decodeBlock;
