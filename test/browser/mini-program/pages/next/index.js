Page({
  onLoad(query) {
    this.query = query;
    this.getOpenerEventChannel().emit('opened', query.name);
  },
});
