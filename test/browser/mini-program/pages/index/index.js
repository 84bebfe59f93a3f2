const HOSTILE =
  '<p class="green" id="x" onclick="alert(1)" style="color:red;background-image:url(/sandbox/stats)">ok&nbsp;&lt;b&gt;</p>' +
  '<script>globalThis.hacked = 1</script><img src="x" onerror="globalThis.hacked = 2"><iframe srcdoc="<p>in</p>"><p>left out</p></iframe>' +
  '<a href="javascript:globalThis.hacked = 3">link</a><svg><a xlink:href="javascript:1"><circle r="9"/></a></svg>' +
  '<p style="--a: u\\72l(/sandbox/stats); background: var(--a)">var</p><table><tr><td colspan="2" onfocus="1">cell</td></tr></table>';

Page({
  data: {
    fruits: [{ name: 'Apple' }, { name: 'Pear' }, { name: 'Plum' }],
    lists: [
      ['a', 'b'],
      ['1', '2'],
    ],
    nodes: HOSTILE,
    state: { current: 0, badge: 'new', downloaded: '' },
    noted: '',
  },

  note({ type, detail, currentTarget }) {
    this.setData({ noted: `${currentTarget.dataset.of} ${type} ${JSON.stringify(detail)}` });
  },

  onColumn(event) {
    this.note(event);
    this.setData({ 'lists[1]': ['1', '2', '3'] });
  },
});
