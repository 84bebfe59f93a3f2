import { expect, it } from 'vitest';
import { faultsOf } from './axe.js';
import { useWorkbench } from './workbench.js';

const workbench = useWorkbench({ isShared: true });

it.each(['light', 'dark'] as const)(
  'the phone has no fault of accessibility in the %s theme',
  async (colorScheme) => {
    await workbench.visit(undefined, { colorScheme });
    await workbench.add('学习小程序的登录');
    await workbench.add('买牛奶');
    await workbench.phone().getByRole('checkbox', { name: '买牛奶' }).click();
    await workbench.synced();
    expect(await faultsOf(workbench.frame())).toEqual([]);
    await workbench.openTab('我的');
    await workbench.phone().getByText('本机').waitFor();
    expect(await faultsOf(workbench.frame())).toEqual([]);
    await workbench.phone().getByRole('button', { name: '绑定' }).click();
    await workbench.phone().getByRole('button', { name: '同意', exact: true }).waitFor();
    expect(await faultsOf(workbench.frame())).toEqual([]);
    await workbench.phone().getByRole('button', { name: '同意', exact: true }).click();
    await workbench.phone().getByRole('button', { name: '不允许' }).waitFor();
    expect(await faultsOf(workbench.frame())).toEqual([]);
  },
);
