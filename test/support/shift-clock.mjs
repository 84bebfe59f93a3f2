// Preloaded into an instance whose clock is wrong.
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const now = Date.now.bind(Date);

Date.now = () => now() + shiftMs;
