/** The words of the doctor. */
export const doctor = {
  title: 'Doctor',
  text: 'Checks the installation as npm run doctor does, from the instance that answers: WeChat, database, keys, address, pushes. Changes nothing.',
  run: 'Run the checks',
  again: 'Run again',
  running: 'The checks run. This takes 15 seconds at most …',
  never: 'The checks have not run yet.',
  noProblem: 'No problem found',
  problems: (count: number) => (count === 1 ? '1 problem found' : `${count} problems found`),
  at: 'at',
  checks: 'All checks',
  columns: { check: 'Check', state: 'Result' },
  states: {
    ok: 'In order',
    problem: 'Problem',
    hint: 'Hint',
    unchecked: 'Not possible',
    unused: 'Not used here',
  },
};
