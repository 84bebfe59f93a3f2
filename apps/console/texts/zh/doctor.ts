import type { Texts } from '../en/index.js';

export const doctor: Texts['doctor'] = {
  title: '诊断',
  text: '由响应本页面的实例执行与 npm run doctor 相同的检查：微信、数据库、密钥、对外地址、消息推送。不做任何修改。',
  run: '开始检查',
  again: '重新检查',
  running: '正在检查，最多需要 15 秒……',
  never: '尚未检查。',
  noProblem: '没有发现问题',
  problems: (count) => `发现 ${count} 个问题`,
  at: '检查时间',
  checks: '全部检查',
  columns: { check: '检查项', state: '结果' },
  states: { ok: '正常', problem: '有问题', hint: '提示', unchecked: '无法检查', unused: '未使用' },
};
