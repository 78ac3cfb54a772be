import requests

api_key = "<callr-api-key>"  # Replace with your Callr API key
number = "+33639981020"  # Destination number (E.164 format)
text = "Hello world!"

url = f"https://api.callr.com/v2.0/sms?to={number}&trafficType=marketing"
headers = {"accept": "application/json", "content-type": "application/json", "x-api-key": api_key}
payload = {"text": text}

try:
    response = requests.post(url, headers=headers, json=payload)
    response.raise_for_status()
    print(response.json())
except requests.exceptions.RequestException as e:
    print(f"Error sending SMS: {e}")
