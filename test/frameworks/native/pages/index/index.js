const { createPassport } = require('weapp-passport-client');
const { story } = require('../../../story');

Component({
  data: { result: 'waiting' },
  methods: {
    tell() {
      story(createPassport, wx).then(
        (result) => this.setData({ result }),
        (error) => this.setData({ result: String(error) }),
      );
    },
  },
});
