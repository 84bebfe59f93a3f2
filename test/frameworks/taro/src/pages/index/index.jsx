import { Button, Text, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useState } from 'react';
import { createPassport } from 'weapp-passport-client';
import { story } from '../../../../story.js';

export default function Index() {
  const [result, setResult] = useState('waiting');
  return (
    <View>
      <Text>{result}</Text>
      {/* The sandbox's phone takes an undefined attribute for a set one. */}
      <Button disabled={false} onClick={() => story(createPassport, Taro).catch(String).then(setResult)}>
        play
      </Button>
    </View>
  );
}
